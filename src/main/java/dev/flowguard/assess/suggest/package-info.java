/**
 * Contracts to start from: {@link dev.flowguard.assess.suggest.Suggestions} declares what a cluster allows today and somebody has
 * exposed on purpose, by a Service, a named port, a rule for outside addresses. Each flow that is suggested has been judged to be
 * satisfied, so that adding the contracts changes nothing until a policy does.
 */
@NullMarked
package dev.flowguard.assess.suggest;

import org.jspecify.annotations.NullMarked;
