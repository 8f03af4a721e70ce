package dev.flowguard.cli.plan;

import dev.flowguard.assess.Change;
import dev.flowguard.assess.plan.Detour;
import dev.flowguard.assess.plan.Plan;
import dev.flowguard.cli.input.OtherKinds;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.Position;
import dev.flowguard.wording.KindNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A plan, and where its policies are written.
 *
 * @param folder what is to be applied, in the words of the option
 * @param detours the way around where there is no safe order; empty where none was found either
 * @param positions by the object; of a policy that is deleted, where the base has it
 */
public record PlanReport(
        Plan plan, List<Detour> detours, String folder, Function<ObjectRef, Optional<Position>> positions) {
    public PlanReport {
        detours = List.copyOf(detours);
    }

    Optional<Position> position(Change change) {
        return positions.apply(change.object());
    }

    /** {@code create NetworkPolicy shop/allow-dns   (shop-policies.yaml, line 12)}. */
    String line(Change change) {
        return change.verb() + " " + KindNames.toldApart(change.object())
                + temporary(change)
                        .map(PlanReport::description)
                        .or(() -> position(change).map(PlanReport::place))
                        .map(place -> "   (" + place + ")")
                        .orElse("");
    }

    /** How a manifest of the object begins. */
    List<String> apiOf(Change change) {
        Optional<OtherKinds.OtherKind> other = change.others().stream()
                .flatMap(each -> OtherKinds.called(each.changed().kind()).stream())
                .findFirst();
        return List.of(
                "apiVersion: " + other.map(OtherKinds.OtherKind::apiVersion).orElse("networking.k8s.io/v1"),
                "kind: " + other.map(OtherKinds.OtherKind::name).orElse("NetworkPolicy"));
    }

    private Optional<Detour.Temporary> temporary(Change change) {
        return detours.stream()
                .flatMap(detour -> detour.temporary(change.object()).stream())
                .findFirst();
    }

    static String description(Detour.Temporary temporary) {
        return switch (temporary.kind()) {
            case COPY -> "temporary: a copy of " + temporary.original() + " as it is now";
            case ALLOWS_EVERYTHING ->
                "temporary: {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}]}";
        };
    }

    /** The file and the line, which say it all. */
    static String place(Position position) {
        return position.file() + (position.line() == 0 ? "" : ", line " + position.line());
    }
}
