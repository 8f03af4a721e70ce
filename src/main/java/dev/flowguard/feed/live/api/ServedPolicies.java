package dev.flowguard.feed.live.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.field.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Which of the kinds that not every cluster has are served at this moment: other policies, and what shows needs of traffic. */
public final class ServedPolicies {
    private static final String CALICO_API = "projectcalico.org/";
    private static final String CALICO_STORE = "crd.projectcalico.org/";

    private final ApiServer api;

    public ServedPolicies(ApiServer api) {
        this.api = api;
    }

    /** @param found is told of each kind as soon as it is known, so that one group's failure does not hide another's kinds */
    public void find(Consumer<Resource> found) throws ApiProblem, InterruptedException {
        for (String groupVersion : groupVersions()) {
            try {
                kinds(groupVersion, found);
            } catch (ApiProblem problem) {
                if (!problem.isAnswer()) {
                    throw problem;
                }
                assumed(groupVersion, found);
            }
        }
    }

    /** The server of a group that is down does not say which kinds it has: those that it usually has, then. */
    private static void assumed(String groupVersion, Consumer<Resource> found) {
        String group = groupVersion.substring(0, groupVersion.indexOf('/'));
        String version = groupVersion.substring(group.length() + 1);
        Resources.kindsIn(group).forEach(kind -> found.accept(Resources.found(group, version, Plural.of(kind), kind)));
    }

    /** All versions of the groups that are served, since a kind may be in one of them only. */
    private List<String> groupVersions() throws ApiProblem, InterruptedException {
        List<String> served = new ArrayList<>();
        for (JsonNode group : api.document("apis").path("groups")) {
            if (!Resources.kindsIn(group.path("name").asText()).isEmpty()) {
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

    private void kinds(String groupVersion, Consumer<Resource> found) throws ApiProblem, InterruptedException {
        String group = groupVersion.substring(0, groupVersion.indexOf('/'));
        String version = groupVersion.substring(group.length() + 1);
        Set<String> kinds = Resources.kindsIn(group);
        for (JsonNode served : api.document("apis/" + groupVersion).path("resources")) {
            String plural = served.path("name").asText();
            String kind = served.path("kind").asText();
            boolean isSubresource = plural.contains("/");
            if (kinds.contains(kind) && !isSubresource) {
                found.accept(Resources.found(group, version, plural, kind));
            }
            if (Resources.SIDE_INPUTS.getOrDefault(group, Set.of()).contains(kind) && !isSubresource) {
                found.accept(Resource.sideInput(group, version, plural, kind));
            }
        }
        Optional.ofNullable(Resources.SETTINGS.get(group)).ifPresent(found);
    }
}
