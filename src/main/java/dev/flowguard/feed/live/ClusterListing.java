package dev.flowguard.feed.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.live.api.ApiProblem;
import dev.flowguard.feed.live.api.ApiServer;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import dev.flowguard.feed.live.api.Role;
import dev.flowguard.feed.live.api.ServedPolicies;
import dev.flowguard.policy.PolicyRef;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lists a cluster once, for whoever asks one question about it: the kinds, the reading of objects and the consequences of what may
 * not be read are those of {@link LiveFeed}. It only reads.
 */
public final class ClusterListing {
    /** A busy API server is asked again, and a list whose pages went out of date is begun anew. */
    private static final int ATTEMPTS = 3;

    private static final FeedTiming TIMING = FeedTiming.DEFAULT;

    private final ApiServer api;
    private final String address;
    private final Progress progress;
    private final List<String> notes = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private final Map<String, List<String>> absentByLoss = new LinkedHashMap<>();
    private final ObjectObserver observer = new ObjectObserver(notes::add);
    private final Map<ObjectRef, Observation> observations = new LinkedHashMap<>();
    private final Map<PolicyRef, ObjectNode> policies = new LinkedHashMap<>();

    /** Is told how far the listing is. */
    @FunctionalInterface
    public interface Progress {
        /** @param kind as kubectl names it: {@code pods} */
        void listing(String kind, int soFar);
    }

    private ClusterListing(KubernetesClient client, Progress progress) {
        this.api = new ApiServer(client, TIMING.patience());
        this.address = client.getMasterUrl().toString();
        this.progress = progress;
    }

    /** @param otherPolicies whether policies of kinds that are not evaluated are asked for */
    public static ListedCluster of(KubernetesClient client, boolean otherPolicies, Progress progress)
            throws InterruptedException {
        ClusterListing listing = new ClusterListing(client, progress);
        listing.listAll(otherPolicies);
        return listing.result();
    }

    /** Why the cluster cannot be asked at all; empty where it can. Found out with one question, for whoever would else wait for long. */
    public static List<String> obstacles(KubernetesClient client) throws InterruptedException {
        ClusterListing listing = new ClusterListing(client, (kind, soFar) -> {});
        try {
            new ServedPolicies(listing.api).find(resource -> {});
        } catch (ApiProblem problem) {
            // What is only not served or not allowed is told by whoever needs it.
            return listing.stops(problem) ? listing.gaps : List.of();
        }
        return List.of();
    }

    private void listAll(boolean otherPolicies) throws InterruptedException {
        List<Resource> resources = new ArrayList<>(Resources.ALWAYS);
        if (otherPolicies) {
            try {
                new ServedPolicies(api).find(resources::add);
            } catch (ApiProblem problem) {
                if (stops(problem)) {
                    return;
                }
                gaps.add("which kinds of policies there are cannot be found out: " + problem.clause());
            }
        }
        for (Resource resource : resources) {
            if ((gaps.isEmpty() || resource.role() == Role.ESSENTIAL) && !list(resource)) {
                return;
            }
        }
    }

    /** Whether it is of use to go on. */
    private boolean list(Resource resource) throws InterruptedException {
        Pause pause = new Pause(TIMING.firstPause(), TIMING.longestPause());
        for (int attempt = 1; true; attempt++) {
            try {
                listOnce(resource);
                return true;
            } catch (ApiProblem problem) {
                boolean passing = problem.isGone() || problem.isAnswer() && !problem.isRefusal();
                if (!passing || attempt == ATTEMPTS) {
                    return !stops(problem) && goOnWithout(resource, problem);
                }
                pause.await();
            }
        }
    }

    private void listOnce(Resource resource) throws ApiProblem, InterruptedException {
        AtomicInteger soFar = new AtomicInteger();
        progress.listing(resource.plural(), 0);
        api.listAll(
                resource,
                item -> {
                    take(resource, item);
                    soFar.incrementAndGet();
                },
                () -> progress.listing(resource.plural(), soFar.get()));
    }

    private void take(Resource resource, ObjectNode object) {
        ObjectRef ref = resource.ref(object);
        ref.asPolicy().ifPresent(policy -> policies.put(policy, ApplicablePolicy.of(object)));
        observations.put(ref, observer.observe(ref, object));
    }

    /** Whether the problem would be the same whatever is asked for; then it is a gap. */
    private boolean stops(ApiProblem problem) {
        if (problem.isUnauthorized()) {
            gaps.add(address + " does not accept the credentials (" + problem.clause()
                    + "): log in again, as for kubectl, or name another --context");
        } else if (!problem.isAnswer()) {
            gaps.add(address + " cannot be asked: " + problem.clause() + "; does kubectl get namespaces work?");
        }
        return problem.isUnauthorized() || !problem.isAnswer();
    }

    private boolean goOnWithout(Resource resource, ApiProblem problem) {
        if (resource.role().comesAndGoes() && problem.isAbsent()) {
            return true;
        }
        if (resource.role() == Role.OTHER_POLICY) {
            ObjectRef all = resource.ref("", "*");
            observations.put(all, observer.someOtherPolicies(all));
        }
        if (problem.isAbsent()) {
            absentByLoss
                    .computeIfAbsent(resource.role().loss(), loss -> new ArrayList<>())
                    .add(resource.name());
            return true;
        }
        String why = resource + " cannot be listed: " + problem.clause()
                + (problem.isForbidden() ? "; grant get and list on " + resource : "");
        if (resource.role() == Role.ESSENTIAL) {
            gaps.add(why);
        } else {
            notes.add(why + ". So " + resource.role().loss());
        }
        return true;
    }

    private ListedCluster result() {
        absentByLoss.forEach(
                (loss, kinds) -> notes.add("the cluster has no " + String.join(" and no ", kinds) + ". So " + loss));
        return new ListedCluster(List.copyOf(observations.values()), policies, notes, gaps);
    }
}
