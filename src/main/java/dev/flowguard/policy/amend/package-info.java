/**
 * How policies of other kinds than NetworkPolicy are amended, each in its own shape, so that traffic gets through. {@link
 * dev.flowguard.policy.amend.Wanted} says what shall get through, in the words of NetworkPolicy; a policy that is {@link
 * dev.flowguard.policy.amend.Amendable} answers with {@linkplain dev.flowguard.policy.amend.Amendment amendments}: itself with a
 * rule more, itself with a narrower one, or a policy to stand beside it, together with the {@link dev.flowguard.policy.amend.Edit}
 * of its manifest. Whether any of them helps is for the engine to find out.
 */
@NullMarked
package dev.flowguard.policy.amend;

import org.jspecify.annotations.NullMarked;
