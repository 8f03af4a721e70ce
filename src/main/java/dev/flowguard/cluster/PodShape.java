package dev.flowguard.cluster;

import dev.flowguard.policy.Labels;
import java.util.List;

/**
 * All that a policy can see of a pod, but for its namespace and what differs from pod to pod.
 *
 * @param labels without those of {@link PerPodLabels}
 * @param ports in the order of the pod's containers, which decides between equal names
 */
public record PodShape(Labels labels, List<NamedPort> ports, boolean hostNetwork) {
    public PodShape {
        ports = List.copyOf(ports);
    }
}
