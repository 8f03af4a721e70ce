package dev.flowguard.audit.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.contract.ObjectRef;

/**
 * A contract as an object of the API: all of it that its status depends on, and no more.
 *
 * @param generation which grows whenever the spec changes
 * @param version the object's {@code resourceVersion}, which changes with the status too
 * @param declared how many flows its spec has, mistaken ones included
 * @param status what it says now
 */
public record SeenContract(
        ObjectRef object, String uid, long generation, String version, int declared, ContractStatus status) {
    /**
     * Reads the object. What is not there, or not as it should be, is as if nobody had written it yet.
     *
     * @param contract a FlowContract or ClusterFlowContract
     */
    public static SeenContract of(ObjectRef ref, JsonNode contract) {
        JsonNode metadata = contract.path("metadata");
        return new SeenContract(
                ref,
                metadata.path("uid").asText(),
                metadata.path("generation").asLong(),
                metadata.path("resourceVersion").asText(),
                contract.at("/spec/flows").size(),
                StatusJson.read(contract.path("status")));
    }
}
