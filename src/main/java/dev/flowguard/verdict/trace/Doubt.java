package dev.flowguard.verdict.trace;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.match.PeerOutcome;
import dev.flowguard.verdict.match.PortOutcome;
import java.util.List;
import java.util.function.Function;

/** A reason why a verdict is undetermined. */
public sealed interface Doubt {
    <T> T match(
            Function<UnclearRule, T> unclearRule,
            Function<UnclearPolicy, T> unclearPolicy,
            Function<OtherPolicies, T> otherPolicies,
            Function<LeftOpen, T> leftOpen,
            Function<UnclearStep, T> unclearStep);

    /**
     * A rule may or may not match.
     *
     * @param rule its place in the section, from 0
     * @param unknownFields not empty where the rule has fields that this version does not know
     * @param peers outcomes of its peers that are unknown
     * @param ports outcomes of its ports that are unknown
     */
    record UnclearRule(
            PolicyRef policy,
            Direction direction,
            int rule,
            List<String> unknownFields,
            List<PeerOutcome> peers,
            List<PortOutcome> ports)
            implements Doubt {
        public UnclearRule {
            unknownFields = List.copyOf(unknownFields);
            peers = List.copyOf(peers);
            ports = List.copyOf(ports);
        }

        @Override
        public <T> T match(
                Function<UnclearRule, T> unclearRule,
                Function<UnclearPolicy, T> unclearPolicy,
                Function<OtherPolicies, T> otherPolicies,
                Function<LeftOpen, T> leftOpen,
                Function<UnclearStep, T> unclearStep) {
            return unclearRule.apply(this);
        }
    }

    /** A policy has fields at the level of its spec that this version does not know. */
    record UnclearPolicy(PolicyRef policy, List<String> unknownFields) implements Doubt {
        public UnclearPolicy {
            unknownFields = List.copyOf(unknownFields);
        }

        @Override
        public <T> T match(
                Function<UnclearRule, T> unclearRule,
                Function<UnclearPolicy, T> unclearPolicy,
                Function<OtherPolicies, T> otherPolicies,
                Function<LeftOpen, T> leftOpen,
                Function<UnclearStep, T> unclearStep) {
            return unclearPolicy.apply(this);
        }
    }

    /** Policies of other kinds, which are not evaluated, concern an end. */
    record OtherPolicies(List<ObjectRef> policies) implements Doubt {
        public OtherPolicies {
            policies = List.copyOf(policies);
        }

        @Override
        public <T> T match(
                Function<UnclearRule, T> unclearRule,
                Function<UnclearPolicy, T> unclearPolicy,
                Function<OtherPolicies, T> otherPolicies,
                Function<LeftOpen, T> leftOpen,
                Function<UnclearStep, T> unclearStep) {
            return otherPolicies.apply(this);
        }
    }

    /** The API leaves the question to the network plugin, and its answer is not known. */
    record LeftOpen(Question question) implements Doubt {
        /** What is left open. */
        public enum Question {
            /** Traffic of nodes and of hostNetwork pods: a pod's own node is never kept out (SEMANTICS I16, N5). */
            NODE_TRAFFIC,
            /** Traffic through a load balancer that may replace the sender's address by a node's (SEMANTICS B10, I16). */
            SOURCE_MAY_BE_NODE,
            /** A pod that reaches itself through its own Service (SEMANTICS N6). */
            HAIRPIN,
            /** Which of the cluster's DNS and the resolver on the node is asked, where policies do not treat them alike. */
            WHICH_RESOLVER,
            /** Whether the API server's traffic comes from its own address or through an agent, where policies do not treat them alike. */
            WHICH_SENDER,
            /** Traffic of Istio's ambient mesh, where policies do not treat its port and that of the tunnel alike. */
            AMBIENT_MESH,
            /** A protocol that policies cannot name, at an isolated end (SEMANTICS Q18). */
            PROTOCOL_NOT_IN_API
        }

        @Override
        public <T> T match(
                Function<UnclearRule, T> unclearRule,
                Function<UnclearPolicy, T> unclearPolicy,
                Function<OtherPolicies, T> otherPolicies,
                Function<LeftOpen, T> leftOpen,
                Function<UnclearStep, T> unclearStep) {
            return leftOpen.apply(this);
        }
    }

    /**
     * A rule of a policy of another kind than NetworkPolicy may or may not match.
     *
     * @param policy that has the rule
     * @param rule as {@code ingress[0] "name"}; empty where it is open whether the policy selects the pods and isolates them
     * @param reasons clauses for people that the kind of policy itself gives
     * @param open what else is open
     */
    record UnclearStep(ObjectRef policy, Direction direction, String rule, List<String> reasons, List<Question> open)
            implements Doubt {
        /** What is open about a step of a chain. */
        public enum Question {
            /** Whether the policy selects the pods. */
            SELECTION,
            /** Whether the other end is one of the rule's peers. */
            PEER,
            /** Whether the port is one of the rule's. */
            PORT,
            /** Whether the node has a host endpoint that the policy selects (OTHER-POLICIES K26). */
            HOST_ENDPOINT,
            /** Which of several policies at one place is asked first (OTHER-POLICIES C3). */
            TIE,
            /** Whether anything more is asked about pods that a NetworkPolicy selects (OTHER-POLICIES T3). */
            END
        }

        public UnclearStep {
            reasons = List.copyOf(reasons);
            open = List.copyOf(open);
        }

        @Override
        public <T> T match(
                Function<UnclearRule, T> unclearRule,
                Function<UnclearPolicy, T> unclearPolicy,
                Function<OtherPolicies, T> otherPolicies,
                Function<LeftOpen, T> leftOpen,
                Function<UnclearStep, T> unclearStep) {
            return unclearStep.apply(this);
        }
    }
}
