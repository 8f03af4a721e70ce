/**
 * What policies of every kind beside NetworkPolicy come down to: rules that allow, deny or pass, in steps, in blocks. A kind is
 * mapped here once, at the edge: a {@link dev.flowguard.policy.chain.PolicySource} keeps the object in its own neutral form and
 * says, knowing its {@link dev.flowguard.policy.chain.Surroundings}, which
 * {@link dev.flowguard.policy.chain.RuledPolicy ruled policies} it is; {@link dev.flowguard.policy.chain.Ends} and
 * {@link dev.flowguard.policy.chain.Ports} say whom and what a rule speaks of. Which end has which chain, and what the chain
 * decides, is found above, with three values.
 */
@NullMarked
package dev.flowguard.policy.chain;

import org.jspecify.annotations.NullMarked;
