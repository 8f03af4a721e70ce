package dev.flowguard.feed.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.decision.ClusterState.Permission;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.feed.live.api.ApiProblem;
import dev.flowguard.feed.live.api.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may {@code override} {@code flowcontracts.flowguard.dev} in a namespace, as the API server's own authorizers see it.
 * A permission holds for a moment, so that a folder of annotated policies is one question. A refusal does not: whoever has been given
 * the right after it tries again at once. Only where very many ask does it hold as well, so that the API server is not flooded.
 */
public final class OverrideRight {
    static final String OVERRIDE = "override";
    static final String STAGE = "stage";
    static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** Above so many questions per second refusals are remembered too. */
    private static final int MANY_PER_SECOND = 20;

    private static final int MOST_REMEMBERED = 1000;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String PATH = "apis/authorization.k8s.io/v1/subjectaccessreviews";
    private static final Logger LOG = Logger.getLogger(OverrideRight.class);

    private record Question(String verb, Requester requester, String namespace) {}

    private record Remembered(Permission permission, long since) {}

    private final ApiServer api;
    private final Duration budget;
    private final Ticker ticker;
    private long secondBegan;
    private int asked;
    private final Map<Question, Remembered> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Remembered> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * One that asks the API server of that client.
     *
     * @param budget for a question
     */
    public static OverrideRight asking(KubernetesClient client, Duration budget) {
        return new OverrideRight(new ApiServer(client, budget), budget, Ticker.SYSTEM);
    }

    OverrideRight(ApiServer api, Duration budget, Ticker ticker) {
        this.api = api;
        this.budget = budget;
        this.ticker = ticker;
        this.secondBegan = ticker.nanos();
    }

    public Permission of(Requester requester, String namespace) {
        return of(OVERRIDE, requester, namespace);
    }

    /** @param verb what is to be done to {@code flowcontracts}, as roles have it */
    Permission of(String verb, Requester requester, String namespace) {
        Question question = new Question(verb, requester, namespace);
        synchronized (answers) {
            @Nullable Remembered answer = answers.get(question);
            if (answer != null
                    && ticker.since(answer.since()).compareTo(REMEMBERED) < 0
                    && (answer.permission() == Permission.GRANTED || areManyAsked())) {
                return answer.permission();
            }
            asked++;
        }
        Permission permission = ask(question);
        synchronized (answers) {
            answers.remove(question);
            if (permission != Permission.NOT_KNOWN) {
                answers.put(question, new Remembered(permission, ticker.nanos()));
            }
        }
        return permission;
    }

    /** Whether enough has been asked in this second. */
    private boolean areManyAsked() {
        if (ticker.since(secondBegan).compareTo(SECOND) >= 0) {
            secondBegan = ticker.nanos();
            asked = 0;
        }
        return asked >= MANY_PER_SECOND;
    }

    private Permission ask(Question question) {
        try {
            JsonNode status = api.ask(PATH, review(question), budget).path("status");
            if (status.path("allowed").asBoolean()) {
                return Permission.GRANTED;
            }
            String error = status.path("evaluationError").asText();
            if (error.isEmpty()) {
                return Permission.REFUSED;
            }
            LOG.warnf(
                    "Whether %s may %s could not be found out: %s",
                    question.requester().username(), question.verb(), error);
        } catch (ApiProblem problem) {
            LOG.warnf(
                    "Whether %s may %s could not be asked: %s%s",
                    question.requester().username(),
                    question.verb(),
                    problem.clause(),
                    problem.isForbidden()
                            ? "; grant Flowguard create on subjectaccessreviews.authorization.k8s.io"
                            : "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Permission.NOT_KNOWN;
    }

    private static ObjectNode review(Question question) {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
        ObjectNode spec =
                review.putObject("spec").put("user", question.requester().username());
        question.requester().groups().forEach(spec.putArray("groups")::add);
        if (!question.requester().uid().isEmpty()) {
            spec.put("uid", question.requester().uid());
        }
        question.requester().extra().forEach((key, values) -> {
            ArrayNode list = spec.withObjectProperty("extra").putArray(key);
            values.forEach(list::add);
        });
        spec.putObject("resourceAttributes")
                .put("verb", question.verb())
                .put("group", "flowguard.dev")
                .put("resource", "flowcontracts")
                .put("namespace", question.namespace());
        return review;
    }
}
