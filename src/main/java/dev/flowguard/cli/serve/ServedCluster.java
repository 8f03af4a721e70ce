package dev.flowguard.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.RecentReviews;
import dev.flowguard.cli.input.AssumedNamespaces;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.report.PolicyJson;
import dev.flowguard.view.PastDecision;
import dev.flowguard.view.ShownCluster;
import dev.flowguard.view.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cluster in memory by which the webhook judges: what it admits is seen on the page, and what is applied there it judges by. */
final class ServedCluster implements ShownCluster {
    private final InMemoryCluster cluster;
    private final Path folder;
    private final RecentReviews reviews;

    /** Later ones replace objects of earlier ones. */
    private final List<ManifestPlaces.Origin> origins = new ArrayList<>();

    /** What is still true of them, and of which cluster. */
    private @Nullable Snapshot seen;

    private ManifestPlaces places = new ManifestPlaces(List.of());

    ServedCluster(InMemoryCluster cluster, Path folder, boolean recursive, RecentReviews reviews) {
        this.reviews = reviews;
        this.cluster = cluster;
        this.folder = folder;
        origins.add(ManifestPlaces.Origin.of(folder, Manifests.read(folder, recursive)));
    }

    @Override
    public String origin() {
        return folder.toString();
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public Snapshot snapshot() {
        return cluster.snapshot();
    }

    /** The manifests of objects that reviews have changed since are not true any more; of NetworkPolicies it is known what became of them. */
    @Override
    public synchronized ManifestPlaces places(Snapshot now, Set<String> namespaces) {
        if (now != seen) {
            seen = now;
            places = stillTrue(now);
        }
        Map<PolicyRef, ObjectNode> changed = new HashMap<>();
        for (String namespace : namespaces) {
            for (CompiledPolicy policy : now.policiesIn(namespace)) {
                PolicyRef ref = policy.policy().ref();
                if (places.position(ObjectRef.of(ref)).isEmpty()) {
                    changed.put(ref, PolicyJson.of(policy.policy()));
                }
            }
        }
        return places.replacing(changed);
    }

    private ManifestPlaces stillTrue(Snapshot now) {
        Map<ObjectRef, Observation> known = new HashMap<>();
        Stream.concat(Stream.of(""), now.namespaces().stream().map(NamespaceShard::name))
                .flatMap(namespace -> now.observedIn(namespace).stream())
                .forEach(observation -> known.put(observation.object(), observation));
        return new ManifestPlaces(origins.stream()
                .map(origin -> new ManifestPlaces.Origin(
                        origin.path(),
                        LoadedManifests.of(origin.manifests().objects().stream()
                                .filter(object -> object.observation().equals(known.get(object.ref())))
                                .toList())))
                .toList());
    }

    @Override
    public synchronized void apply(Trial trial) {
        trial.deleted().forEach(cluster::forget);
        trial.manifests().objects().forEach(object -> cluster.observe(object.observation()));
        origins.add(ManifestPlaces.Origin.ofStandardInput(trial.manifests()));
    }

    @Override
    public boolean decides() {
        return true;
    }

    @Override
    public List<PastDecision> decisions() {
        return reviews.latest().stream().map(ServedCluster::past).toList();
    }

    @Override
    public long decided() {
        return reviews.count();
    }

    private static PastDecision past(RecentReviews.Given given) {
        return new PastDecision(
                given.at().toString(),
                given.user(),
                given.operation().toLowerCase(Locale.ROOT) + " " + given.object()
                        + (given.dryRun() ? " (dry run)" : ""),
                given.admitted() ? given.warnings().isEmpty() ? "Admitted" : "Warned" : "Rejected",
                given.reason(),
                given.admitted() ? String.join("\n", given.warnings()) : given.message());
    }

    @Override
    public List<String> notes() {
        return AssumedNamespaces.notes(snapshot());
    }
}
