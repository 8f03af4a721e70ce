package dev.flowguard.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.config.BadInput;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.view.http.Api;
import dev.flowguard.wording.KindNames;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers the questions of the page. */
public final class PageApi implements Api {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** After so few a program has loaded what it needs. */
    private static final int REHEARSALS = 3;

    private final ShownCluster shown;
    private final Engine engine;
    private final FindingLevels levels;
    private final PageStates states = new PageStates();
    private final WhatIfDesk whatIf;
    private @Nullable Moment latest;
    private final FlowHistory history = new FlowHistory(Clock.systemUTC());

    public PageApi(ShownCluster shown, Engine engine, FindingLevels levels) {
        this.shown = shown;
        this.engine = engine;
        this.levels = levels;
        this.whatIf = new WhatIfDesk(shown, engine, states);
    }

    @Override
    public long generation() {
        return shown.generation();
    }

    @Override
    public long decided() {
        return shown.decided();
    }

    @Override
    public Optional<Object> answer(Call call) {
        return switch (call.method() + " " + call.name()) {
            case "GET map" -> Optional.of(map(call.parameter("state")));
            case "GET explain" -> Optional.of(explain(call));
            case "GET findings" -> Optional.of(findings(call.parameter("state")));
            case "GET objects" -> Optional.of(ObjectList.of(shown.snapshot()));
            case "GET object" -> Optional.of(text(call.parameter("ref"), call.parameter("state")));
            case "GET decisions" -> Optional.of(shown.decisions());
            case "POST what-if" -> Optional.of(whatIf(body(call)));
            case "POST apply" -> Optional.of(apply(body(call).path("state").asText()));
            default -> Optional.empty();
        };
    }

    /** The cluster as it is; found out once for all that is asked about it. */
    private synchronized Moment now() {
        Snapshot cluster = shown.snapshot();
        if (latest == null || latest.cluster() != cluster) {
            latest = new Moment(cluster, levels);
        }
        return latest;
    }

    /** Draws the map, so that it is there when somebody looks at it; and tries what is in force already, so that the first to type need not wait. */
    public void prepare() {
        Moment moment = now();
        moment.map();
        moment.cluster().namespaces().stream()
                .flatMap(shard -> shard.policies().stream())
                .limit(REHEARSALS)
                .forEach(policy -> rehearse(moment, policy.policy().ref()));
    }

    private void rehearse(Moment moment, PolicyRef policy) {
        shown.places(moment.cluster(), Set.of(policy.namespace()))
                .manifest(policy)
                .ifPresent(manifest -> whatIf.rehearse(moment, new PolicyYaml(manifest).text()));
    }

    private ClusterMap map(String state) {
        Optional<Trial> trial = states.find(state);
        Moment moment = trial.map(Trial::after).orElseGet(this::now);
        ClusterMap drawn = moment.map();
        List<FlowRow> flows = trial.isPresent()
                ? drawn.flows()
                : history.tell(moment.cluster(), drawn.flows(), shown::recorded, shown.decisions());
        return drawn.of(
                shown.generation(),
                trial.isPresent() ? state : PageStates.NOW,
                shown.origin(),
                shown.isLive(),
                shown.decides(),
                flows,
                shown.notes());
    }

    private WorthALook findings(String state) {
        Moment moment = states.find(state).map(Trial::after).orElseGet(this::now);
        return WorthALook.in(moment.cluster(), levels);
    }

    private Explanation explain(Call call) {
        Optional<Trial> trial = states.find(call.parameter("state"));
        Snapshot cluster = trial.map(each -> each.after().cluster()).orElseGet(shown::snapshot);
        String from = call.parameter("from");
        String to = call.parameter("to");
        String port = call.parameter("port");
        if (from.isBlank() || to.isBlank()) {
            throw new BadInput("Say who sends and who is to be reached, such as shop/checkout and shop/orders");
        }
        Engine.Asked asked = engine.ask(cluster, from, to, port);
        Set<String> namespaces = new LinkedHashSet<>();
        asked.traces().forEach(trace -> namespaces.addAll(trace.pair().namespaces()));
        ManifestPlaces places =
                trial.map(each -> each.places().apply(namespaces)).orElseGet(() -> shown.places(cluster, namespaces));
        return new Explainer(places, asked.inquiry()).explain(from, to, port, asked);
    }

    /** An object as a manifest. */
    public record ObjectText(String ref, String yaml) {}

    private ObjectText text(String ref, String state) {
        ObjectRef object = object("ref", ref);
        Set<String> namespaces = Set.of(object.namespace());
        return states.find(state)
                .map(each -> each.places().apply(namespaces))
                .orElseGet(() -> shown.places(shown.snapshot(), namespaces))
                .manifest(object)
                .map(manifest -> new ObjectText(ref, new PolicyYaml(manifest).text()))
                .orElseThrow(() -> new BadInput("There is no manifest of " + KindNames.of(object)));
    }

    private WhatIf whatIf(JsonNode body) {
        List<ObjectRef> deletions = new ArrayList<>();
        for (JsonNode each : body.path("delete")) {
            deletions.add(object("delete", each.asText()));
        }
        List<String> groups = new ArrayList<>();
        body.path("groups").forEach(group -> groups.add(group.asText()));
        return whatIf.answer(
                now(),
                body.path("text").asText(""),
                deletions,
                new Engine.Requested(body.path("user").asText(""), groups));
    }

    /** What becomes of it. @param generation of the cluster as it is now */
    public record Applied(long generation) {}

    private Applied apply(String state) {
        shown.apply(
                states.find(state).orElseThrow(() -> new BadInput("There is nothing to apply: try a change first")));
        return new Applied(generation());
    }

    /** @param asked which part of the question, for the error */
    private static ObjectRef object(String asked, String text) {
        List<String> parts = List.of(text.split("/", -1));
        if (parts.stream().anyMatch(String::isEmpty) || parts.size() < 2 || parts.size() > 3) {
            throw new BadInput(asked + " " + text
                    + ": expected KIND/NAMESPACE/NAME, such as NetworkPolicy/shop/allow-dns, or KIND/NAME for what is"
                    + " in no namespace");
        }
        return parts.size() == 2
                ? new ObjectRef(parts.get(0), "", parts.get(1))
                : new ObjectRef(parts.get(0), parts.get(1), parts.get(2));
    }

    private static JsonNode body(Call call) {
        try {
            return MAPPER.readTree(call.body());
        } catch (JsonProcessingException e) {
            throw new BadInput("The body is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
