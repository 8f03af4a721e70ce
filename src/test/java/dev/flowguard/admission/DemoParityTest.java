package dev.flowguard.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionProcess;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.cli.Flowguard;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.feed.Manifests;
import io.fabric8.kubernetes.api.model.GroupVersionKind;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.authentication.UserInfoBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One engine behind three doors: what each says of a change of the demo shop. */
@DisplayName("Webhook, check and check --base agree")
class DemoParityTest {
    private static final Path DEMO = Path.of("deploy/demo");
    private static final JsonMapper MAPPER = new JsonMapper();

    /** What was decided, and which flows are newly broken. */
    record Verdict(boolean rejected, Set<String> broken) {}

    /** A change by a file, or else the deletion of a policy; by an administrator, or else by that user. */
    record Case(String what, Optional<Path> file, ObjectRef policy, String user) {
        @Override
        public String toString() {
            return what + (user.isEmpty() ? "" : " as " + user);
        }

        List<String> asUser() {
            return user.isEmpty() ? List.of() : List.of("--as", user);
        }
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(DEMO.resolve("changes"))) {
            for (Path file : files.sorted().toList()) {
                ObjectRef policy = Manifests.read(file, false).objects().get(0).ref();
                String name = file.getFileName().toString();
                cases.add(new Case(name, Optional.of(file), policy, ""));
                cases.add(new Case(name, Optional.of(file), policy, "ann"));
                cases.add(new Case(name, Optional.of(file), policy, "system:serviceaccount:argocd:controller"));
            }
        }
        Manifests.read(DEMO, false).objects().stream()
                .map(ManifestObject::ref)
                .filter(ref -> ref.kind().equals("NetworkPolicy"))
                .forEach(ref -> cases.add(new Case("delete " + ref, Optional.empty(), ref, "")));
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agree(Case change, @TempDir Path changed) throws IOException {
        Verdict webhook = webhook(change);
        assertThat(check(change)).as("check").isEqualTo(webhook);
        assertThat(checkWithBase(change, changed)).as("check --base").isEqualTo(webhook);
    }

    private static Verdict webhook(Case change) throws IOException {
        LoadedManifests demo = Manifests.read(DEMO, false);
        InMemoryCluster cluster = new InMemoryCluster(ClusterSettings.DEFAULT, demo.observations());
        AdmissionRequest request = request(change, demo);
        PolicyReview review = new ReviewMapping(ref -> Optional.empty()).map(request);
        Decision decision = new DecisionProcess(cluster, DecisionSettings.DEFAULT).decide(review);
        AdmissionResponse response = ReviewAnswer.of(request, decision, Wording.of(decision));
        String broken = response.getAuditAnnotations().getOrDefault("newly-broken", "");
        return new Verdict(
                !response.getAllowed(), broken.isEmpty() ? Set.of() : new TreeSet<>(List.of(broken.split("; "))));
    }

    private static AdmissionRequest request(Case change, LoadedManifests demo) throws IOException {
        AdmissionRequest request = new AdmissionRequest();
        request.setUid("parity");
        request.setKind(new GroupVersionKind("networking.k8s.io", "NetworkPolicy", "v1"));
        request.setName(change.policy().name());
        request.setNamespace(change.policy().namespace());
        Optional<NetworkPolicy> old = demo.find(change.policy())
                .map(object -> Serialization.unmarshal(object.source().object().toString(), NetworkPolicy.class));
        request.setOldObject(old.orElse(null));
        if (change.file().isPresent()) {
            request.setOperation(old.isPresent() ? "UPDATE" : "CREATE");
            request.setObject(
                    Serialization.unmarshal(Files.readString(change.file().get()), NetworkPolicy.class));
        } else {
            request.setOperation("DELETE");
        }
        request.setUserInfo(
                change.user().isEmpty()
                        ? new UserInfoBuilder()
                                .withUsername("kubernetes-admin")
                                .withGroups("system:masters")
                                .build()
                        : new UserInfoBuilder().withUsername(change.user()).build());
        return request;
    }

    private static Verdict check(Case change) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("check", "--manifests", DEMO.toString(), "-o", "json"));
        arguments.addAll(change.asUser());
        arguments.addAll(
                change.file().isPresent()
                        ? List.of("--change", change.file().get().toString())
                        : List.of(
                                "--delete",
                                "NetworkPolicy/" + change.policy().namespace() + "/"
                                        + change.policy().name()));
        StringWriter out = new StringWriter();
        int exitCode = run(out, arguments);
        JsonNode step = MAPPER.readTree(out.toString()).path("changes").path(0);
        return new Verdict(exitCode == 1, flows(step, "effect", "NEWLY_BROKEN"));
    }

    private static Verdict checkWithBase(Case change, Path changed) throws IOException {
        try (Stream<Path> files = Files.list(DEMO)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                Files.writeString(
                        changed.resolve(file.getFileName()), without(change.policy(), Files.readString(file)));
            }
        }
        if (change.file().isPresent()) {
            Files.copy(change.file().get(), changed.resolve("zz-change.yaml"));
        }
        List<String> arguments = new ArrayList<>(
                List.of("check", "--base", DEMO.toString(), "--manifests", changed.toString(), "-o", "json"));
        arguments.addAll(change.asUser());
        StringWriter out = new StringWriter();
        int exitCode = run(out, arguments);
        return new Verdict(exitCode == 1, flows(MAPPER.readTree(out.toString()), "kind", "flow-newly-broken"));
    }

    /** The documents of a file but for that policy. */
    private static String without(ObjectRef policy, String text) {
        return Stream.of(text.split("(?m)^---$"))
                .filter(document -> !(document.contains("kind: NetworkPolicy")
                        && document.matches("(?s).*\\bname: " + policy.name() + "[,\\s}].*")
                        && document.matches("(?s).*\\bnamespace: " + policy.namespace() + "[,\\s}].*")))
                .collect(Collectors.joining("---"));
    }

    private static int run(StringWriter out, List<String> arguments) {
        return Flowguard.commandLine().setOut(new PrintWriter(out, true)).execute(arguments.toArray(String[]::new));
    }

    private static Set<String> flows(JsonNode parent, String field, String value) {
        return StreamSupport.stream(parent.path("flows").spliterator(), false)
                .filter(flow -> flow.path(field).asText().equals(value))
                .map(flow -> flow.path("contract").asText() + ", flow "
                        + flow.path("flow").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
