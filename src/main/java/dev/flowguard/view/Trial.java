package dev.flowguard.view;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.report.ManifestPlaces;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A change that is tried.
 *
 * @param before the cluster without it
 * @param after the cluster with all of it applied, whatever was decided
 * @param manifests what is applied
 * @param deleted what is deleted
 * @param places the manifests of policies of some namespaces, as they then are
 * @param steps one for each object, in their order
 */
public record Trial(
        Moment before,
        Moment after,
        LoadedManifests manifests,
        List<ObjectRef> deleted,
        Function<Set<String>, ManifestPlaces> places,
        List<WhatIf.StepView> steps) {
    public Trial {
        deleted = List.copyOf(deleted);
        steps = List.copyOf(steps);
    }
}
