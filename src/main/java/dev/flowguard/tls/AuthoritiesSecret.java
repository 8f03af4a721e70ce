package dev.flowguard.tls;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Authorities} as a Secret: {@code ca.crt} and {@code ca.key} sign now; {@code next.crt} and {@code next.key} from
 * {@code next.from} on; those in {@code retired.crt} are trusted until {@code retired.until}. Times are in ISO 8601.
 */
final class AuthoritiesSecret {
    static final String NAME = "flowguard-webhook-ca";

    private AuthoritiesSecret() {}

    static Secret write(Authorities authorities, String namespace, String version) {
        Map<String, String> data = new TreeMap<>();
        put(data, "ca", authorities.signing());
        authorities.successors().forEach(successor -> {
            put(data, "next", successor.authority());
            data.put("next.from", encode(successor.from().toString()));
        });
        if (!authorities.retired().isEmpty()) {
            data.put("retired.crt", encode(Pem.of(authorities.retired())));
            data.put("retired.until", encode(authorities.retiredUntil().toString()));
        }
        return new SecretBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .withResourceVersion(version.isEmpty() ? null : version)
                .addToLabels("app.kubernetes.io/part-of", "flowguard")
                .addToLabels("app.kubernetes.io/managed-by", "flowguard")
                .endMetadata()
                .withType("Opaque")
                .withData(data)
                .build();
    }

    /** @throws GeneralSecurityException if it does not hold what {@link #write} writes, with the key of the Secret at fault */
    static Authorities read(Secret secret) throws GeneralSecurityException {
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        List<Authorities.Successor> successors = data.containsKey("next.crt")
                ? List.of(new Authorities.Successor(authority(data, "next"), time(data, "next.from")))
                : List.of();
        boolean hasRetired = data.containsKey("retired.crt");
        return new Authorities(
                authority(data, "ca"),
                successors,
                hasRetired ? Pem.certificates(text(data, "retired.crt")) : List.of(),
                hasRetired ? time(data, "retired.until") : Instant.EPOCH);
    }

    private static CertificateAuthority authority(Map<String, String> data, String name)
            throws GeneralSecurityException {
        return new CertificateAuthority(
                Pem.key(text(data, name + ".key")),
                Pem.certificates(text(data, name + ".crt")).get(0));
    }

    private static Instant time(Map<String, String> data, String key) throws GeneralSecurityException {
        try {
            return Instant.parse(text(data, key));
        } catch (DateTimeException e) {
            throw new GeneralSecurityException(key + ": " + e.getMessage(), e);
        }
    }

    private static String text(Map<String, String> data, String key) throws GeneralSecurityException {
        @Nullable String encoded = data.get(key);
        if (encoded == null || encoded.isEmpty()) {
            throw new GeneralSecurityException(key + " is missing");
        }
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static void put(Map<String, String> data, String name, CertificateAuthority authority) {
        data.put(name + ".crt", encode(Pem.of(List.of(authority.certificate()))));
        data.put(name + ".key", encode(Pem.of(authority.key())));
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
