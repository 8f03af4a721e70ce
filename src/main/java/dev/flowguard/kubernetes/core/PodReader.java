package dev.flowguard.kubernetes.core;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.net.Address;
import dev.flowguard.policy.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads live pods. One that has succeeded or failed tells nothing: its address may be another pod's by now (SEMANTICS N1). One
 * that is being deleted still counts, since it serves until its grace period ends (N3).
 */
public final class PodReader {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final String REPLICA_SET = "ReplicaSet";
    private static final String DEPLOYMENT = "Deployment";
    private static final String TEMPLATE_HASH = "pod-template-hash";

    private final Notes notes;

    private PodReader(Notes notes) {
        this.notes = notes;
    }

    public static List<Fact> facts(Pod pod, Metadata metadata, Notes notes) {
        return new PodReader(notes).facts(pod, metadata);
    }

    private List<Fact> facts(Pod pod, Metadata metadata) {
        PodStatus status = Absent.asBlank(pod.getStatus(), PodStatus::new);
        if (ENDED.contains(Absent.asEmpty(status.getPhase()))) {
            return List.of();
        }
        Optional<Owner> controller = ControllerReference.of(pod);
        Owner owner = controller.orElseGet(() -> new Owner(Owner.POD, metadata.name()));
        ShapeReader.Read read = new ShapeReader(notes).read(pod.getMetadata(), pod.getSpec(), FieldPath.ROOT);
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact.Pod(
                metadata.namespace(), metadata.name(), owner, read.shape(), read.perPod(), addresses(status)));
        IdentityReader.identity(owner, pod.getSpec()).forEach(facts::add);
        deployment(owner, read.perPod())
                .map(deployment -> new Fact.Owned(metadata.namespace(), owner, deployment))
                .ifPresent(facts::add);
        ObjectRef declarer = new ObjectRef(owner.kind(), metadata.namespace(), owner.name());
        facts.addAll(Declarations.of(declarer, new FlowEnd.OwnedBy(declarer), metadata.annotations()));
        return facts;
    }

    /**
     * A Deployment names its ReplicaSets by its own name and the hash that it labels their pods with, so that it is known even
     * where the ReplicaSet is not seen, as in a dump of pods alone.
     */
    private static Optional<Owner> deployment(Owner replicaSet, Labels perPod) {
        String suffix = "-" + Absent.asEmpty(perPod.get(TEMPLATE_HASH));
        String name = replicaSet.name();
        boolean madeByDeployment = replicaSet.kind().equals(REPLICA_SET)
                && suffix.length() > 1
                && name.endsWith(suffix)
                && name.length() > suffix.length();
        return madeByDeployment
                ? Optional.of(new Owner(DEPLOYMENT, name.substring(0, name.length() - suffix.length())))
                : Optional.empty();
    }

    private List<Address> addresses(PodStatus status) {
        FieldPath path = FieldPath.of("status");
        List<PodIP> all = Absent.asEmpty(status.getPodIPs(), PodIP::new);
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            address(all.get(i).getIp(), path.field("podIPs").item(i).field("ip"))
                    .ifPresent(addresses::add);
        }
        if (all.isEmpty()) {
            address(status.getPodIP(), path.field("podIP")).ifPresent(addresses::add);
        }
        return addresses;
    }

    private Optional<Address> address(@Nullable String text, FieldPath path) {
        return text == null || text.isEmpty() ? Optional.empty() : notes.parsed(path, () -> Address.parse(text));
    }
}
