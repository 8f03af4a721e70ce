package dev.flowguard.view;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.report.ManifestPlaces;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The manifests of policies of every kind as they are shown, each written once however often it is asked for. */
final class ShownYaml {
    private final ManifestPlaces places;
    private final Map<ObjectRef, Optional<PolicyYaml>> written = new HashMap<>();

    ShownYaml(ManifestPlaces places) {
        this.places = places;
    }

    /** Empty where it is not known. */
    String text(ObjectRef policy) {
        return find(policy).map(PolicyYaml::text).orElse("");
    }

    PolicyYaml.Lines lines(ObjectRef policy, FieldPath place) {
        return find(policy).map(yaml -> yaml.lines(place)).orElse(PolicyYaml.Lines.NONE);
    }

    private Optional<PolicyYaml> find(ObjectRef policy) {
        return written.computeIfAbsent(policy, ref -> places.manifest(ref).map(object -> new PolicyYaml(object)));
    }
}
