package dev.flowguard.feed.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.live.api.Resources;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Makes observations of objects as they come from the API server, in their compact form. */
final class ObjectObserver {
    private static final Logger LOG = Logger.getLogger(ObjectObserver.class);

    private final SharedParts shared = new SharedParts();
    private final Consumer<String> complaints;

    /** One that tells the log what it does not understand. */
    ObjectObserver() {
        this(LOG::warn);
    }

    /** @param complaints is told of each object that is not understood, in a sentence */
    ObjectObserver(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    /** The same reference, of which parts are shared with others. */
    ObjectRef compact(ObjectRef ref) {
        return shared.share(ref);
    }

    /** @param ref by which the object is known, whatever it says */
    Observation observe(ObjectRef ref, ObjectNode object) {
        try {
            return read(ref, object);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s could not be read", ref);
            return misunderstood(ref, List.of("the whole object"));
        }
    }

    private Observation read(ObjectRef ref, ObjectNode object) {
        return ObjectReader.read(object)
                .match(
                        observed -> new Observation(
                                ref,
                                observed.observation().facts().stream()
                                        .map(fact -> shared.share(fact, ref))
                                        .toList()),
                        refused -> {
                            complaints.accept(
                                    ref + " is not understood and not taken into account: " + refused.problems());
                            return misunderstood(
                                    ref,
                                    refused.problems().stream()
                                            .map(FieldProblem::path)
                                            .map(Object::toString)
                                            .toList());
                        },
                        notRead -> Observation.gone(ref));
    }

    /** What is known of a kind of policies that exists and may not be read: that it may concern any pod. */
    Observation someOtherPolicies(ObjectRef all) {
        return new Observation(all, List.of(new Fact.OtherPolicy(all)));
    }

    /**
     * The API server has accepted what we would not: by other rules, older or newer ones. A policy of which we do not understand the
     * whole makes its namespace's verdicts undetermined; of anything else, what is not understood is not known.
     */
    private static Observation misunderstood(ObjectRef ref, List<String> fields) {
        if (Resources.isOtherPolicy(ref)) {
            return new Observation(ref, List.of(new Fact.OtherPolicy(ref)));
        }
        if (!ref.kind().equals(Resources.NETWORK_POLICIES.refKind())) {
            return Observation.gone(ref);
        }
        Policy policy = new Policy(
                new PolicyRef(ref.namespace(), ref.name()),
                LabelSelector.EVERYTHING,
                Policy.Section.ABSENT,
                Policy.Section.ABSENT,
                fields);
        return new Observation(ref, List.of(new Fact.NetworkPolicy(policy)));
    }
}
