package dev.flowguard.verdict.match;

import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Ports;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The reasons that are written into an expression where nobody can tell. */
public final class UnclearParts {
    private UnclearParts() {}

    /** @param isOpen whether nobody can tell of a part; only then it has a reason */
    public static List<String> of(Ends ends, Predicate<Ends> isOpen) {
        return ends.accept(new OfEnds(isOpen));
    }

    public static List<String> of(Ports ports) {
        return ports.accept(new OfPorts());
    }

    private static <T> List<String> all(Collection<T> parts, Function<T, List<String>> each) {
        return parts.stream()
                .flatMap(part -> each.apply(part).stream())
                .distinct()
                .toList();
    }

    private static final class OfEnds implements Ends.Cases<List<String>> {
        private final Predicate<Ends> isOpen;

        OfEnds(Predicate<Ends> isOpen) {
            this.isOpen = isOpen;
        }

        private List<String> part(Ends part) {
            return isOpen.test(part) ? part.accept(this) : List.of();
        }

        @Override
        public List<String> allOf(Ends.AllOf all) {
            return all(all.parts(), this::part);
        }

        @Override
        public List<String> anyOf(Ends.AnyOf any) {
            return all(any.parts(), this::part);
        }

        @Override
        public List<String> not(Ends.Not not) {
            return part(not.part());
        }

        @Override
        public List<String> unclear(Ends.Unclear unclear) {
            return List.of(unclear.why());
        }

        @Override
        public List<String> pods(Ends.Pods pods) {
            return List.of();
        }

        @Override
        public List<String> podLabels(Ends.PodLabels labels) {
            return List.of();
        }

        @Override
        public List<String> namespaceLabels(Ends.NamespaceLabels labels) {
            return List.of();
        }

        @Override
        public List<String> inNamespace(Ends.InNamespace namespace) {
            return List.of();
        }

        @Override
        public List<String> serviceAccounts(Ends.ServiceAccounts accounts) {
            return List.of();
        }

        @Override
        public List<String> label(Ends.Label label) {
            return List.of();
        }

        @Override
        public List<String> addresses(Ends.Addresses addresses) {
            return List.of();
        }

        @Override
        public List<String> family(Ends.OfFamily family) {
            return List.of();
        }

        @Override
        public List<String> nodes(Ends.Nodes nodes) {
            return List.of();
        }

        @Override
        public List<String> outside(Ends.Outside outside) {
            return List.of();
        }

        @Override
        public List<String> apiServer(Ends.ApiServer apiServer) {
            return List.of();
        }

        @Override
        public List<String> service(Ends.OfService service) {
            return List.of();
        }
    }

    private static final class OfPorts implements Ports.Cases<List<String>> {
        @Override
        public List<String> allOf(Ports.AllOf all) {
            return all(all.parts(), part -> part.accept(this));
        }

        @Override
        public List<String> anyOf(Ports.AnyOf any) {
            return all(any.parts(), part -> part.accept(this));
        }

        @Override
        public List<String> not(Ports.Not not) {
            return not.part().accept(this);
        }

        @Override
        public List<String> unclear(Ports.Unclear unclear) {
            return List.of(unclear.why());
        }

        @Override
        public List<String> protocols(Ports.Protocols protocols) {
            return List.of();
        }

        @Override
        public List<String> numbered(Ports.Numbered numbered) {
            return List.of();
        }

        @Override
        public List<String> named(Ports.Named named) {
            return named.sameness().isShared()
                    ? List.of(
                            "pods that the plugin takes for one, as their labels and service accounts are the same, do"
                                    + " not give the port " + named.name() + " one number")
                    : List.of();
        }

        @Override
        public List<String> targets(Ports.Targets targets) {
            return List.of();
        }
    }
}
