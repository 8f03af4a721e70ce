package dev.flowguard.audit.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.audit.api.ApiObjects;
import dev.flowguard.audit.api.ApiReason;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.wording.Ellipsis;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Events of the core API: those that every version of kubectl shows with their count. Their names are made as client-go makes them; the
 * number at the end only has to be another each time.
 */
public final class ApiEvents implements EventStore {
    private static final String COMPONENT = "flowguard";
    private static final String FOR_CLUSTER_SCOPED = "default";
    private static final String PERMISSION = "create and patch on events";
    private static final int LONGEST_MESSAGE = 1_024;
    private static final int LONGEST_NAME = 230;

    private final KubernetesClient client;
    private final String instance;
    private final AtomicLong number;

    /** @param instance which replica this is */
    public ApiEvents(KubernetesClient client, String instance, Instant start) {
        this.client = client;
        this.instance = instance;
        this.number = new AtomicLong(start.toEpochMilli() * 1_000_000);
    }

    @Override
    public Looked look(ObjectRef object) {
        try {
            return ApiObjects.of(client, object)
                    .map(resource -> {
                        @Nullable GenericKubernetesResource found = resource.get();
                        if (found == null) {
                            return ApiObjects.isGoneWhereNotFound(client, object) ? Looked.GONE : Looked.NOT_KNOWN;
                        }
                        return Looked.at(client.getKubernetesSerialization().convertValue(found, ObjectNode.class));
                    })
                    .orElse(Looked.NOT_KNOWN);
        } catch (KubernetesClientException e) {
            return Looked.NOT_KNOWN;
        }
    }

    @Override
    public String create(Announcement announcement, String uid, Instant now) throws NotWritten {
        ObjectRef regarding = announcement.regarding();
        String stem = regarding
                .name()
                .substring(0, Math.min(LONGEST_NAME, regarding.name().length()));
        String name = stem + "." + Long.toHexString(number.incrementAndGet());
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            client.v1()
                    .events()
                    .inNamespace(namespace(regarding))
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace(namespace(regarding))
                            .endMetadata()
                            .withNewInvolvedObject()
                            .withApiVersion(
                                    ApiObjects.apiVersion(regarding.kind()).orElse(""))
                            .withKind(ApiObjects.kind(regarding))
                            .withNamespace(regarding.namespace())
                            .withName(regarding.name())
                            .withUid(uid)
                            .endInvolvedObject()
                            .withType(announcement.gravity().type())
                            .withReason(announcement.reason())
                            .withMessage(Ellipsis.shorten(announcement.message(), LONGEST_MESSAGE))
                            .withCount(1)
                            .withFirstTimestamp(time)
                            .withLastTimestamp(time)
                            .withNewSource()
                            .withComponent(COMPONENT)
                            .endSource()
                            .withReportingComponent(COMPONENT)
                            .withReportingInstance(instance)
                            .build())
                    .create();
            return name;
        } catch (KubernetesClientException e) {
            throw notWritten(e);
        }
    }

    @Override
    public boolean repeat(ObjectRef regarding, String event, int count, String message, Instant now) throws NotWritten {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.put("count", count)
                .put("lastTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("message", Ellipsis.shorten(message, LONGEST_MESSAGE));
        try {
            // By a name alone the client would read the Event first.
            client.v1()
                    .events()
                    .inNamespace(namespace(regarding))
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withName(event)
                            .withNamespace(namespace(regarding))
                            .endMetadata()
                            .build())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw notWritten(e);
        }
    }

    private static String namespace(ObjectRef regarding) {
        return regarding.namespace().isEmpty() ? FOR_CLUSTER_SCOPED : regarding.namespace();
    }

    private static NotWritten notWritten(KubernetesClientException problem) {
        return new NotWritten(outcome(problem), ApiReason.of(problem, PERMISSION));
    }

    private static EventOutcome outcome(KubernetesClientException problem) {
        if (problem.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
            return EventOutcome.FAILED;
        }
        // No permission helps there, and nobody will read it.
        boolean isLeaving =
                Optional.ofNullable(problem.getStatus()).map(Status::getDetails).map(StatusDetails::getCauses).stream()
                        .flatMap(List::stream)
                        .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
        return isLeaving ? EventOutcome.DROPPED : EventOutcome.FORBIDDEN;
    }
}
