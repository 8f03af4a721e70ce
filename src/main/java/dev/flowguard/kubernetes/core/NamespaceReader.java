package dev.flowguard.kubernetes.core;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.LabelReader;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads namespaces. */
public final class NamespaceReader {
    private static final String SETTINGS = "flowguard.dev/";
    private static final String TERMINATING = "Terminating";

    private NamespaceReader() {}

    public static List<Fact> facts(Namespace namespace, Metadata metadata, Notes notes) {
        Labels labels = new LabelReader(notes).read(metadata.labels(), FieldPath.of("metadata", "labels"));
        NamespaceStatus status = Absent.asBlank(namespace.getStatus(), NamespaceStatus::new);
        boolean terminating = TERMINATING.equals(status.getPhase()) || metadata.beingDeleted();
        Map<String, String> settings = new TreeMap<>(metadata.annotations());
        settings.keySet().removeIf(key -> !key.startsWith(SETTINGS));
        List<Fact> facts = new ArrayList<>();
        facts.add(new NamespaceEntry(metadata.name(), labels, settings, terminating, false));
        facts.addAll(Declarations.of(
                new ObjectRef("Namespace", "", metadata.name()),
                new FlowEnd.Pods(LabelSelector.namespaceNamed(metadata.name()), LabelSelector.EVERYTHING),
                metadata.annotations()));
        return facts;
    }
}
