package dev.flowguard.feed.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the kinds of other policies that the cluster serves, at first and then again and again, since they come and go with the
 * software that brings them. Runs on a thread of its own until it is interrupted.
 */
final class OtherPolicyDiscovery implements Runnable {
    private static final String CALICO_API = "projectcalico.org/";
    private static final String CALICO_STORE = "crd.projectcalico.org/";

    private final ApiServer api;
    private final KindHealth health;
    private final FeedTiming timing;
    private final Consumer<Resource> found;
    private final Pause pause;

    /** @param found is told of each kind that is served, again each time */
    OtherPolicyDiscovery(ApiServer api, KindHealth health, FeedTiming timing, Consumer<Resource> found) {
        this.api = api;
        this.health = health;
        this.timing = timing;
        this.found = found;
        this.pause = new Pause(timing.firstPause(), timing.longestPause());
    }

    @Override
    public void run() {
        try {
            while (true) {
                ask();
            }
        } catch (InterruptedException e) {
            health.dropped();
        }
    }

    private void ask() throws InterruptedException {
        try {
            for (String groupVersion : groupVersions()) {
                kinds(groupVersion);
            }
            // The kinds that were found are there before the question counts as answered: none of them is forgotten.
            health.listening(Runnable::run);
            pause.reset();
            Pause.sleep(timing.recheck());
        } catch (ApiProblem problem) {
            if (!health.hasBeenInTouch()) {
                health.failed(problem.clause());
            }
            pause.await();
        }
    }

    /** All versions of the groups that are served, since a kind may be in one of them only. */
    private List<String> groupVersions() throws ApiProblem, InterruptedException {
        List<String> served = new ArrayList<>();
        for (JsonNode group : api.document("apis").path("groups")) {
            if (Resources.OTHER_POLICIES.containsKey(group.path("name").asText())) {
                group.path("versions")
                        .forEach(version ->
                                served.add(version.path("groupVersion").asText()));
            }
        }
        if (served.stream().anyMatch(each -> each.startsWith(CALICO_STORE))) {
            // The same policies a second time, from a server of Calico's own.
            served.removeIf(each -> each.startsWith(CALICO_API));
        }
        return served;
    }

    private void kinds(String groupVersion) throws ApiProblem, InterruptedException {
        String group = groupVersion.substring(0, groupVersion.indexOf('/'));
        String version = groupVersion.substring(group.length() + 1);
        Set<String> policies = Resources.OTHER_POLICIES.getOrDefault(group, Set.of());
        for (JsonNode served : api.document("apis/" + groupVersion).path("resources")) {
            String plural = served.path("name").asText();
            String kind = served.path("kind").asText();
            boolean isSubresource = plural.contains("/");
            if (policies.contains(kind) && !isSubresource) {
                found.accept(Resource.otherPolicy(group, version, plural, kind));
            }
        }
    }
}
