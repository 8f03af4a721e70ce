package dev.flowguard.cluster.object;

import dev.flowguard.policy.Labels;
import java.util.List;

/**
 * All that a policy can see of a pod, but for its namespace and what differs from pod to pod.
 *
 * @param labels without those of {@link PerPodLabels}
 * @param ports in the order of the pod's containers, which decides between equal names
 * @param serviceAccount its name; only policies of some kinds see it, and pods are told apart by it only where there is such a policy
 */
public record PodShape(Labels labels, List<NamedPort> ports, boolean hostNetwork, String serviceAccount) {
    /** The service account of pods that name none. */
    public static final String DEFAULT_SERVICE_ACCOUNT = "default";

    public PodShape(Labels labels, List<NamedPort> ports, boolean hostNetwork) {
        this(labels, ports, hostNetwork, DEFAULT_SERVICE_ACCOUNT);
    }

    public PodShape {
        ports = List.copyOf(ports);
    }
}
