package dev.flowguard.guide;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Assessor;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.Finding;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import dev.flowguard.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** One cause: {@code cluster.yaml}, {@code change.yaml}, {@code expect.txt} and {@code repair.yaml}. */
record GuideCase(Path folder) {
    private static final Path ALL = Path.of("src/test/resources/cases/guide");

    static Stream<GuideCase> all() {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.sorted().map(GuideCase::new).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> expected() {
        try {
            return Files.readAllLines(folder.resolve("expect.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is told of the change: {@code breaks <flow>} and {@code finds <id> at <place>: <what>}. */
    List<String> told() {
        Snapshot cluster = cluster().snapshot();
        Policy changed = changed();
        Optional<Policy> before = cluster.namespaceOrAssumed(changed.ref().namespace())
                .policy(changed.ref().name());
        Change change =
                before.<Change>map(old -> new Change.Update(old, changed)).orElseGet(() -> new Change.Create(changed));
        Assessment assessment = new Assessor(cluster).assess(change);
        List<String> told = new ArrayList<>();
        assessment.flows(Effect.NEWLY_BROKEN).stream()
                .filter(flow -> !flow.flow().contract().source().isImplied())
                .forEach(flow -> told.add("breaks " + flow.flow().flow().name()));
        assessment.findings().forEach(finding -> told.add(told(finding)));
        return told;
    }

    /** The cluster with the change and the repair; a repair that holds a policy of that name takes the change's place. */
    Snapshot repaired() {
        ClusterModel model = cluster();
        Policy changed = changed();
        List<Observation> repair = read("repair.yaml").observations();
        boolean replaced = repair.stream()
                .map(Observation::object)
                .anyMatch(object -> object.kind().equals("NetworkPolicy")
                        && object.name().equals(changed.ref().name()));
        if (!replaced) {
            model.apply(read("change.yaml").observations());
        } else if (model.snapshot()
                .namespaceOrAssumed(changed.ref().namespace())
                .policy(changed.ref().name())
                .isPresent()) {
            model.apply(List.of(Observation.gone(new ObjectRef(
                    "NetworkPolicy", changed.ref().namespace(), changed.ref().name()))));
        }
        return model.apply(repair);
    }

    private static String told(Finding finding) {
        String what = finding.message()
                .replace(finding.id() + ": ", "")
                .replace(finding.policy().name() + ": ", "")
                .replaceFirst("^(in|e)gress\\[\\d+](\\.\\w+\\[\\d+])*:? ", "");
        return "finds " + finding.id() + " at " + finding.place() + ": " + what;
    }

    private Policy changed() {
        List<Policy> policies = read("change.yaml").observations().stream()
                .flatMap(observation -> observation.policies().stream())
                .toList();
        Assertions.assertThat(policies).as("policies of %s", folder).hasSize(1);
        return policies.get(0);
    }

    private ClusterModel cluster() {
        ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT);
        model.apply(read("cluster.yaml").observations());
        return model;
    }

    private LoadedManifests read(String file) {
        LoadedManifests loaded = Manifests.read(folder.resolve(file), false);
        Assertions.assertThat(loaded.problems()).as("problems in %s", file).isEmpty();
        return loaded;
    }

    @Override
    public String toString() {
        return folder.getFileName().toString().replace('-', ' ');
    }
}
