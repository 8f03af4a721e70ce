package dev.flowguard.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An object of another kind than NetworkPolicy, and what is wrong with it.
 *
 * @param problem how what is told begins; empty where the object is taken
 * @param bySchema whether the definition of its kind alone refuses it
 */
public record BadInputRow(String kind, String name, String spec, String problem, boolean bySchema) {
    private static final String ADMIN = "policy.networking.k8s.io/";
    private static final String CALICO = "projectcalico.org/v3";

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("cnp", ADMIN + "v1alpha2 ClusterNetworkPolicy"),
            Map.entry("anp", ADMIN + "v1alpha1 AdminNetworkPolicy"),
            Map.entry("banp", ADMIN + "v1alpha1 BaselineAdminNetworkPolicy"),
            Map.entry("cil", "cilium.io/v2 CiliumNetworkPolicy"),
            Map.entry("ccnp", "cilium.io/v2 CiliumClusterwideNetworkPolicy"),
            Map.entry("group", "cilium.io/v2 CiliumCIDRGroup"),
            Map.entry("np", CALICO + " NetworkPolicy"),
            Map.entry("gnp", CALICO + " GlobalNetworkPolicy"),
            Map.entry("tier", CALICO + " Tier"),
            Map.entry("set", CALICO + " NetworkSet"),
            Map.entry("gset", CALICO + " GlobalNetworkSet"),
            Map.entry("snp", CALICO + " StagedNetworkPolicy"),
            Map.entry("sgnp", CALICO + " StagedGlobalNetworkPolicy"),
            Map.entry("sknp", CALICO + " StagedKubernetesNetworkPolicy"),
            Map.entry("hep", CALICO + " HostEndpoint"));

    /** All of {@code bad-input/rows.txt}. */
    public static Stream<BadInputRow> all() {
        return lines().filter(line -> !line.startsWith("#")).map(BadInputRow::of);
    }

    private static Stream<String> lines() {
        try (InputStream rows = BadInputRow.class.getResourceAsStream("/bad-input/rows.txt")) {
            return new String(rows.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BadInputRow of(String line) {
        String[] parts = line.split(" ~ ", 3);
        String[] words = parts[0].split(" ", 2);
        String kind = words[0].replace("!", "");
        return new BadInputRow(
                kind,
                words.length > 1 ? words[1] : kind.equals("banp") ? "default" : "p",
                parts[1].equals("{}") ? "" : parts[1],
                parts[2].equals("-") ? "" : parts[2],
                !words[0].endsWith("!"));
    }

    public String apiVersion() {
        return full(kind).substring(0, full(kind).indexOf(' '));
    }

    public String kindName() {
        return full(kind).substring(full(kind).indexOf(' ') + 1);
    }

    private static String full(String kind) {
        return Objects.requireNonNull(KINDS.get(kind), kind);
    }

    public boolean isNamespaced() {
        return Set.of("cil", "np", "set", "snp", "sknp").contains(kind);
    }

    public boolean isRefused() {
        return !problem.isEmpty();
    }

    /** The object, on as many lines as it has parts. */
    public String yaml() {
        return "apiVersion: " + apiVersion() + "\nkind: " + kindName() + "\nmetadata: {name: " + name + "}\nspec: {"
                + spec + "}\n";
    }

    @Override
    public String toString() {
        return kind + " " + spec;
    }
}
