package dev.flowguard.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** The names that a client's certificate vouches for: its common name, then its DNS names. */
final class ClientNames {
    private static final Integer DNS_NAME = 2;

    private ClientNames() {}

    /** A name that cannot be read is none. */
    static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(part.getValue().toString());
                }
            }
            @Nullable Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (DNS_NAME.equals(alternative.get(0))) {
                    names.add(String.valueOf(alternative.get(1)));
                }
            }
        } catch (InvalidNameException | CertificateParsingException e) {
            return names;
        }
        return names;
    }
}
