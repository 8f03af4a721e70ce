/**
 * FlowContracts and ClusterFlowContracts: {@link dev.flowguard.kubernetes.contract.ContractReader}.
 */
@NullMarked
package dev.flowguard.kubernetes.contract;

import org.jspecify.annotations.NullMarked;
