package dev.flowguard.contract;

import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The ports of a declared flow. */
public sealed interface FlowPorts {
    <T> T match(Function<OfPods, T> ofPods, Function<OfService, T> ofService, Supplier<T> every);

    /** Ports on the destination pod (or outside address), in the shape of NetworkPolicyPort. */
    record OfPods(List<PortMatch> ports) implements FlowPorts {
        public OfPods {
            ports = List.copyOf(ports);
            if (ports.isEmpty()) {
                throw new IllegalArgumentException("A flow without ports has every port: use Every.");
            }
        }

        @Override
        public <T> T match(Function<OfPods, T> ofPods, Function<OfService, T> ofService, Supplier<T> every) {
            return ofPods.apply(this);
        }
    }

    /** Some ports of the Service that the flow goes to; each is translated to its target port. */
    record OfService(List<PortMatch> ports) implements FlowPorts {
        public OfService {
            ports = List.copyOf(ports);
            if (ports.isEmpty()) {
                throw new IllegalArgumentException("A flow without ports has every port: use Every.");
            }
        }

        @Override
        public <T> T match(Function<OfPods, T> ofPods, Function<OfService, T> ofService, Supplier<T> every) {
            return ofService.apply(this);
        }
    }

    /** Every port: of the Service or well-known destination, or, for an expectation of Blocked, of all protocols. */
    record Every() implements FlowPorts {
        @Override
        public <T> T match(Function<OfPods, T> ofPods, Function<OfService, T> ofService, Supplier<T> every) {
            return every.get();
        }
    }
}
