package dev.flowguard.kubernetes;

import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.kubernetes.field.ObjectKind;
import dev.flowguard.net.Quoted;
import dev.flowguard.policy.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Kinds that no API server has, but that look like one which is read. They would be passed over without a word, and a policy among
 * them would never be judged.
 */
final class MistakenKind {
    /** Groups of which all kinds are known: those that are read, and these. */
    private static final Set<String> CLOSED_GROUPS = Set.of("apps", "batch", "discovery.k8s.io", "networking.k8s.io");

    private static final Set<String> OTHERS_OF_THESE =
            Set.of("ControllerRevision", "IngressClass", "IPAddress", "ServiceCIDR");

    /** Longer or shorter by more than this a word is another one, such as that of a kind which is new. */
    private static final int LETTERS = 2;

    private MistakenKind() {}

    /** What is wrong with a kind that is none of those that are read; empty where it may well exist. */
    static Optional<FieldProblem> in(ObjectKind kind) {
        return isKubernetesOwn(kind.group()) ? inApiVersion(kind).or(() -> inName(kind)) : Optional.empty();
    }

    /** Other groups have names of domains that somebody else owns, and kinds of the same names. */
    private static boolean isKubernetesOwn(String group) {
        return group.indexOf('.') < 0 || group.endsWith(".k8s.io");
    }

    private static Optional<FieldProblem> inApiVersion(ObjectKind kind) {
        return ModelKind.named(kind.kind())
                .map(meant -> new FieldProblem(
                        FieldPath.of("apiVersion"),
                        "there is no " + kind.kind() + " in " + Quoted.of(kind.apiVersion()) + ": write apiVersion: "
                                + meant.kind().apiVersion()));
    }

    private static Optional<FieldProblem> inName(ObjectKind kind) {
        if (!CLOSED_GROUPS.contains(kind.group()) || OTHERS_OF_THESE.contains(kind.kind())) {
            return Optional.empty();
        }
        List<String> names = ModelKind.namesIn(kind.group());
        return Spelling.nearest(kind.kind(), names)
                .filter(meant -> Math.abs(meant.length() - kind.kind().length()) <= LETTERS)
                .map(meant -> new FieldProblem(
                        FieldPath.of("kind"),
                        Quoted.of(kind.kind()) + " is no kind in " + kind.group() + Spelling.hint(kind.kind(), names)));
    }
}
