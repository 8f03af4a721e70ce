package dev.flowguard.audit.status;

import dev.flowguard.contract.ObjectRef;
import java.util.Map;

/** The port to the FlowContracts and ClusterFlowContracts as objects: what their status says now, and in which version. */
public interface ContractObjects {
    /** Where there are none to write to, as with a folder of manifests. */
    ContractObjects NONE = new ContractObjects() {
        @Override
        public Map<ObjectRef, SeenContract> seen() {
            return Map.of();
        }

        @Override
        public long changes() {
            return 0;
        }
    };

    /** All contracts as they were last seen. What is said here is part of every snapshot that is read later. Never waits. */
    Map<ObjectRef, SeenContract> seen();

    /** Grows with every change of any contract, that of its status included. */
    long changes();
}
