package dev.flowguard.admission;

import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.admission.declaration.DeclarationReview;
import dev.flowguard.admission.declaration.Opinion;
import dev.flowguard.net.Plain;
import dev.flowguard.wording.Ellipsis;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One line for each decision: {@code key=value} for people, the same keys as fields (of the mapped diagnostic context) where the
 * console writes JSON. What is not about a NetworkPolicy is logged at debug level only.
 */
final class DecisionLog {
    private static final Logger LOG = Logger.getLogger("dev.flowguard.decisions");
    private static final int MOST_CHARACTERS = 1_000;

    void record(AdmissionRequest request, PolicyReview review, Decision decision, Wording.Said said, Duration took) {
        Map<String, String> fields = fields(request, review, decision, said, took);
        boolean concerned = review.subject().match(unconcerned -> false, refused -> true, changed -> true);
        Logger.Level level = concerned ? Logger.Level.INFO : Logger.Level.DEBUG;
        write(level, fields);
    }

    /** An opinion that names no problem is logged at debug level only: Deployments come more often than policies. */
    void record(AdmissionRequest request, DeclarationReview review, Opinion opinion, Wording.Said said, Duration took) {
        Map<String, String> fields = new LinkedHashMap<>(said.audit());
        fields.put("operation", String.valueOf(request.getOperation()));
        fields.put("object", review.subject().name());
        fields.put("dryRun", Boolean.toString(review.dryRun()));
        if (!said.warnings().isEmpty()) {
            fields.put("warnings", Integer.toString(said.warnings().size()));
        }
        fields.put("uid", String.valueOf(request.getUid()));
        fields.put("micros", Long.toString(took.toNanos() / 1_000));
        write(opinion.problems().isEmpty() ? Logger.Level.DEBUG : Logger.Level.INFO, fields);
    }

    private static void write(Logger.Level level, Map<String, String> fields) {
        if (!LOG.isEnabled(level)) {
            return;
        }
        fields.forEach((key, value) -> MDC.put(key, Plain.line(value)));
        try {
            LOG.log(level, line(fields));
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }

    private static String line(Map<String, String> fields) {
        StringBuilder line = new StringBuilder();
        fields.forEach((key, value) ->
                line.append(line.isEmpty() ? "" : " ").append(key).append('=').append(value(value)));
        return line.toString();
    }

    private static Map<String, String> fields(
            AdmissionRequest request, PolicyReview review, Decision decision, Wording.Said said, Duration took) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("decision", decision.isRejection() ? "reject" : "admit");
        fields.put("reason", decision.reason());
        fields.put("operation", String.valueOf(request.getOperation()));
        fields.put("object", object(request, review));
        fields.put("user", review.requester().username());
        fields.put("dryRun", Boolean.toString(review.dryRun()));
        said.audit().forEach((key, value) -> {
            if (!fields.containsKey(key)) {
                fields.put(key, value);
            }
        });
        if (!said.warnings().isEmpty()) {
            fields.put("warnings", Integer.toString(said.warnings().size()));
        }
        fields.put("uid", review.uid());
        fields.put("micros", Long.toString(took.toNanos() / 1_000));
        return fields;
    }

    private static String object(AdmissionRequest request, PolicyReview review) {
        return review.subject()
                .match(
                        unconcerned -> unconcerned.what(),
                        refused -> refused.object().toString(),
                        changed -> changed.change().object().toString());
    }

    /** Quoted where it has spaces; never more than one line. */
    private static String value(String text) {
        String line = Ellipsis.shorten(Plain.line(text.replace('\n', ' ')), MOST_CHARACTERS);
        return line.isEmpty() || line.indexOf(' ') >= 0 || line.indexOf('"') >= 0
                ? "\"" + line.replace("\"", "'") + "\""
                : line;
    }
}
