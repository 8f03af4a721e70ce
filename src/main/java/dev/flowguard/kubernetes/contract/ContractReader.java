package dev.flowguard.kubernetes.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.NamespaceMode;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads FlowContracts and ClusterFlowContracts. Every mistake becomes a problem with the path of its field, and takes only its
 * own flow out of force.
 *
 * <p>The schema of these kinds lets the API server refuse most of these mistakes; what stands in a file, or was stored under an
 * older schema, no schema has seen.
 */
public final class ContractReader {
    public static final String GROUP = "flowguard.dev";
    public static final String API_VERSION = GROUP + "/v1alpha1";

    private static final List<String> KINDS =
            List.of(ContractSource.FLOW_CONTRACT, ContractSource.CLUSTER_FLOW_CONTRACT);
    private static final List<String> OBJECT_FIELDS = List.of("apiVersion", "kind", "metadata", "spec", "status");
    private static final List<String> SPEC_FIELDS = List.of("enforcement", "flows");
    private static final List<String> CLUSTER_WIDE_SPEC_FIELDS = List.of("enforcement", "namespaceMode", "flows");

    /** The namespace of an object for which none is written (SEMANTICS P16). */
    private static final String DEFAULT_NAMESPACE = "default";

    private final List<ContractProblem> problems = new ArrayList<>();
    private final ContractField object;

    private ContractReader(JsonNode object) {
        this.object = ContractField.root(object, problems);
    }

    /** Whether this is for {@link #read}: an object of one of the two kinds, in any version of their group. */
    public static boolean isContract(JsonNode object) {
        return object.path("apiVersion").asText().startsWith(GROUP + "/")
                && KINDS.contains(object.path("kind").asText());
    }

    /** The contract that is written there. Anything at all can be read; what is no contract is one without flows. */
    public static Contract read(JsonNode object) {
        return new ContractReader(object).contract();
    }

    private Contract contract() {
        if (!object.isPresent()) {
            object.tell("is empty");
        }
        if (!object.isMapOf(OBJECT_FIELDS)) {
            return withoutFlows(new ObjectRef(ContractSource.FLOW_CONTRACT, DEFAULT_NAMESPACE, ""));
        }
        ObjectRef itself = itself();
        ContractField spec = object.get("spec");
        if (!spec.isPresent()) {
            spec.tell("is missing: expected enforcement and flows");
        }
        ContractSource source = ContractSource.resource(itself);
        List<String> fields = source.isClusterWide() ? CLUSTER_WIDE_SPEC_FIELDS : SPEC_FIELDS;
        if (!spec.isMapOf(fields)) {
            return withoutFlows(itself);
        }
        return new Contract(
                source,
                enforcement(spec, fields),
                source.isClusterWide() ? namespaceMode(spec.get("namespaceMode")) : NamespaceMode.DEFAULT,
                flows(spec.get("flows"), source),
                problems);
    }

    private Contract withoutFlows(ObjectRef itself) {
        return new Contract(ContractSource.resource(itself), Enforcement.IF_UNREADABLE, List.of(), problems);
    }

    private ObjectRef itself() {
        ContractField version = object.get("apiVersion");
        version.requiredText()
                .filter(text -> !text.equals(API_VERSION))
                .ifPresent(text -> version.tell("expected " + API_VERSION + ", found " + version.found()));
        ContractField kind = object.get("kind");
        kind.requiredText()
                .filter(text -> !KINDS.contains(text))
                .ifPresent(text -> kind.tell("expected " + String.join(" or ", KINDS) + ", found " + kind.found()
                        + Spelling.hint(text, KINDS)));
        boolean clusterWide = kind.value().asText().equals(ContractSource.CLUSTER_FLOW_CONTRACT);
        String namespace = object.get("metadata").get("namespace").text().orElse(DEFAULT_NAMESPACE);
        return new ObjectRef(kind.value().asText(), clusterWide ? "" : namespace, name());
    }

    private String name() {
        ContractField metadata = object.get("metadata");
        ContractField prefix = metadata.get("generateName");
        return metadata.has("name") || !prefix.isPresent()
                ? metadata.get("name").requiredText().orElse("")
                : prefix.text().orElse("") + "*";
    }

    private static NamespaceMode namespaceMode(ContractField mode) {
        return mode.isPresent()
                ? mode.choice(NamespaceMode.values(), NamespaceMode::spelling).orElse(NamespaceMode.DEFAULT)
                : NamespaceMode.DEFAULT;
    }

    private static Enforcement enforcement(ContractField spec, List<String> fields) {
        ContractField enforcement = spec.get("enforcement");
        if (!enforcement.isPresent()) {
            boolean misspelt = spec.unknown(fields).stream()
                    .anyMatch(name ->
                            Spelling.nearest(name, List.of("enforcement")).isPresent());
            return misspelt ? Enforcement.IF_UNREADABLE : Enforcement.DEFAULT;
        }
        try {
            return enforcement.text().map(Enforcement::parse).orElse(Enforcement.IF_UNREADABLE);
        } catch (IllegalArgumentException mistake) {
            enforcement.tell(mistake.getMessage() + "; until then it is " + Enforcement.IF_UNREADABLE);
            return Enforcement.IF_UNREADABLE;
        }
    }

    /** The flows without a mistake. Of several with one name only the first can count, whether it has a mistake or not. */
    private static List<Flow> flows(ContractField list, ContractSource source) {
        if (!list.isPresent()) {
            list.tell("is missing: expected a list of flows");
        }
        ContractFlowReader reader = new ContractFlowReader(source);
        Map<String, String> paths = new HashMap<>();
        List<Flow> flows = new ArrayList<>();
        for (ContractField flow : list.items()) {
            Optional<Flow> read = reader.read(flow);
            ContractField name = flow.get("name");
            @Nullable
            String first =
                    name.value().isTextual() ? paths.putIfAbsent(name.value().textValue(), flow.path()) : null;
            if (first == null) {
                read.ifPresent(flows::add);
            } else {
                name.tell(name.found() + " is also the name of " + first);
            }
        }
        return flows;
    }
}
