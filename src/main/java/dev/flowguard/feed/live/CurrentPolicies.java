package dev.flowguard.feed.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.ClusterState.Confirmation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The policies as the API server has them at this moment. Watches are behind by an instant: an allow rule that the same
 * {@code kubectl apply -f} made just before may not have come in, and must not be missing in a rejection.
 */
final class CurrentPolicies {
    private static final Resource POLICIES = Resources.NETWORK_POLICIES;

    private final ApiServer api;
    private final Duration budget;
    private final ObjectObserver observer = new ObjectObserver();

    /** @param budget for all of an answer */
    CurrentPolicies(ApiServer api, Duration budget) {
        this.api = api;
        this.budget = budget;
    }

    Confirmation in(Set<String> namespaces) {
        Gathering gathering = new Gathering(namespaces);
        try {
            if (namespaces.size() > ClusterState.FEW_NAMESPACES) {
                api.listNow(POLICIES, gathering.left(), gathering);
            } else {
                for (String namespace : namespaces) {
                    api.listNow(POLICIES, namespace, gathering.left(), gathering);
                }
            }
            gathering.left();
            return new Confirmation.Confirmed(gathering.policies);
        } catch (ApiProblem problem) {
            return new Confirmation.Unconfirmed(problem.clause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Confirmation.Unconfirmed("it was interrupted");
        }
    }

    private final class Gathering implements ListPage.Items {
        private final long start = System.nanoTime();
        private final Map<String, List<Policy>> policies = new HashMap<>();

        Gathering(Set<String> namespaces) {
            namespaces.forEach(namespace -> policies.put(namespace, new ArrayList<>()));
        }

        /** @throws ApiProblem if nothing is left */
        Duration left() throws ApiProblem {
            Duration left = budget.minusNanos(System.nanoTime() - start);
            if (left.toMillis() <= 0) {
                throw ApiProblem.noAnswer("not all of the answer came within " + budget.toMillis() + " ms");
            }
            return left;
        }

        @Override
        public void item(ObjectNode object) throws ApiProblem {
            left();
            ObjectRef ref = POLICIES.ref(object);
            List<Policy> found = policies.get(ref.namespace());
            if (found != null) {
                found.addAll(observer.observe(ref, object).policies());
            }
        }
    }
}
