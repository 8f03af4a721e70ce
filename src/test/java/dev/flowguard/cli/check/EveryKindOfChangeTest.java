package dev.flowguard.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.decision.ChangeSetDecision;
import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.feed.Manifests;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.report.ChangeSetReport;
import dev.flowguard.report.ChangesReport;
import dev.flowguard.report.FlowKind;
import dev.flowguard.report.Report;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A change of an object of every kind that is read, as {@code --change} judges it and as {@code --base} does: what is lost, what is found
 * and whether the check fails is the same. A file of {@code cases/every-kind} has the objects that the cluster has as well, and last the
 * object as it will be; kinds that stand only for the pods of an operator are taken from the table of these.
 */
@DisplayName("A change is judged alike by itself and as the difference of two states:")
class EveryKindOfChangeTest {
    private static final Path CASES = Path.of("src/test/resources/cases/every-kind");
    private static final String CLUSTER = "cluster.yaml";
    private static final Set<FlowKind> LOST = Set.of(FlowKind.NEWLY_BROKEN, FlowKind.NEW_AND_BROKEN, FlowKind.UNBOUND);

    /** Kinds of which {@link ChangeAgreesWithBaseTest} changes an object, on the command line. */
    private static final Set<String> IN_THE_OTHER_TABLE = Set.of(
            "Namespace",
            "Node",
            "Pod",
            "Service",
            "Deployment.apps",
            "StatefulSet.apps",
            "DaemonSet.apps",
            "ReplicaSet.apps",
            "CronJob.batch",
            "Job.batch",
            "EndpointSlice.discovery.k8s.io",
            "NetworkPolicy.networking.k8s.io",
            "FlowContract.flowguard.dev");

    private static final String PREVIEW = "# preview: ";

    private static final Requester ANYBODY = new Requester("", List.of());

    /** What is told of a change. */
    private record Told(Set<String> lost, Set<String> findings, boolean fails) {
        static Told of(Report report) {
            return new Told(
                    report.flows().stream()
                            .filter(flow -> LOST.contains(flow.kind()))
                            .map(flow -> flow.flow().flow().name())
                            .collect(Collectors.toCollection(TreeSet::new)),
                    report.findings().stream()
                            .map(finding -> finding.finding().id() + " of "
                                    + finding.finding().policy())
                            .collect(Collectors.toCollection(TreeSet::new)),
                    report.isFailed());
        }
    }

    /** Of one change, by both ways. */
    private record Both(Told byChange, Told byBase) {}

    private static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(CLUSTER))
                    .sorted()
                    .toList();
        }
    }

    @Test
    @DisplayName("of every kind that is read there is such a change")
    void complete() throws IOException {
        Set<String> known = new TreeSet<>(IN_THE_OTHER_TABLE);
        cases().forEach(name -> known.add(name.substring(0, name.length() - ".yaml".length())));
        known.addAll(OfOperators.kinds());

        assertThat(ObjectReader.kinds()).containsExactlyInAnyOrderElementsOf(known);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @DisplayName("of an object of the kind")
    void agree(String file) throws IOException {
        List<String> lines = Files.readAllLines(CASES.resolve(file));
        LoadedManifests written = read(Files.readAllBytes(CASES.resolve(file)));
        List<ManifestObject> objects = written.objects();
        ManifestObject changed = objects.get(objects.size() - 1);
        assertThat(kind(changed) + ".yaml").as("the kind that is changed").isEqualTo(file);
        List<Observation> earlier =
                new ArrayList<>(Manifests.read(CASES.resolve(CLUSTER), false).observations());
        earlier.addAll(
                LoadedManifests.of(objects.subList(0, objects.size() - 1)).observations());
        ClusterSettings settings = ClusterSettings.DEFAULT.withCni(header(lines, "cni"));

        Both told = compare(settings, earlier, List.of(changed.observation()));

        assertThat(String.join(",", told.byBase().lost())).isEqualTo(header(lines, "lost"));
        assertThat(told.byBase().fails()).isEqualTo(header(lines, "exit").equals("1"));
        if (lines.stream().anyMatch(line -> line.startsWith(PREVIEW))) {
            assertThat(PREVIEW + String.join(",", told.byChange().lost())).isIn(lines);
        } else {
            assertThat(told.byChange()).isEqualTo(told.byBase());
        }
    }

    @Test
    @DisplayName("of custom resources whose operators make pods: contracts speak of nobody once they are deleted")
    void operators() {
        List<Observation> earlier =
                new ArrayList<>(Manifests.read(CASES.resolve(CLUSTER), false).observations());
        List<ManifestObject> resources =
                read(OfOperators.resources().getBytes(StandardCharsets.UTF_8)).objects();
        resources.forEach(resource -> earlier.add(resource.observation()));
        earlier.addAll(
                read(OfOperators.contract().getBytes(StandardCharsets.UTF_8)).observations());

        Both told = compare(
                ClusterSettings.DEFAULT,
                earlier,
                resources.stream()
                        .map(resource -> Observation.gone(resource.ref()))
                        .toList());

        assertThat(told.byBase().lost())
                .containsExactlyInAnyOrderElementsOf(
                        OfOperators.kinds().stream().map(OfOperators::flow).toList());
        assertThat(told.byChange()).isEqualTo(told.byBase());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ingressclasses/public,            IngressClass,                   '',   public",
        "ValidatingWebhookConfiguration/v, ValidatingWebhookConfiguration, '',   v",
        "customresourcedefinition/a.b.c,   CustomResourceDefinition,       '',   a.b.c",
        "servicemonitor/shop/orders,       ServiceMonitor,                 shop, orders",
        "HTTPRoute/shop/orders,            HTTPRoute,                      shop, orders"
    })
    @DisplayName("an object that implies traffic is named for deletion as kubectl names it")
    void deleted(String text, String kind, String namespace, String name) {
        assertThat(DeleteOption.parse(text)).isEqualTo(new ObjectRef(kind, namespace, name));
    }

    private static Both compare(ClusterSettings settings, List<Observation> earlier, List<Observation> changes) {
        InMemoryCluster before = new InMemoryCluster(settings, earlier);
        InMemoryCluster after = new InMemoryCluster(
                settings, Stream.concat(earlier.stream(), changes.stream()).toList());
        Snapshot now = before.snapshot();
        ChangeSequence sequence = new ChangeSequence(before, DecisionSettings.DEFAULT, ANYBODY);
        List<CheckedStep> steps =
                changes.stream().map(change -> sequence.apply(change, "", "it")).toList();
        Report one = ChangesReport.of(
                List.of(),
                steps.stream()
                        .flatMap(step -> step.<Stream<Decision>>match(
                                judged -> Stream.of(judged.decision()),
                                compared -> Stream.empty(),
                                applied -> Stream.empty()))
                        .toList(),
                steps.stream()
                        .flatMap(step -> step.<Stream<Report>>match(
                                judged -> Stream.empty(),
                                compared -> Stream.of(compared.report()),
                                applied -> Stream.empty()))
                        .toList(),
                after.snapshot());
        Report other = ChangeSetReport.of(
                ChangeSetDecision.of(now, after.snapshot(), DecisionSettings.DEFAULT, ANYBODY, change -> false),
                after.snapshot(),
                List.of(),
                "before");
        return new Both(Told.of(one), Told.of(other));
    }

    private static LoadedManifests read(byte[] text) {
        try {
            LoadedManifests read = Manifests.read(new ByteArrayInputStream(text));
            assertThat(read.problems()).isEmpty();
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String kind(ManifestObject object) {
        String group = object.source().object().path("apiVersion").asText();
        String kind = object.source().object().path("kind").asText();
        return group.contains("/") ? kind + "." + group.substring(0, group.indexOf('/')) : kind;
    }

    private static String header(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith("# " + name + ":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("A case says \"# " + name + ":\" in its head"));
    }
}
