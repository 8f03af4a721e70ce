/**
 * What is declared: {@link dev.flowguard.contract.Contract contracts} are sets of flows that must stay possible (or impossible),
 * from FlowContracts, ClusterFlowContracts and annotations. The ends of a flow are normalised: every selector says for which
 * namespaces it speaks. {@link dev.flowguard.contract.AnnotationLanguage} reads the annotation grammar. A mistake in one flow
 * becomes a {@link dev.flowguard.contract.ContractProblem} beside the flows that stay in force.
 */
@NullMarked
package dev.flowguard.contract;

import org.jspecify.annotations.NullMarked;
