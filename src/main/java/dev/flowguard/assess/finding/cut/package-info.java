/**
 * Policies that cut what workloads need without declaring it: DNS, the API server, webhooks, the Services they are one side of.
 */
@NullMarked
package dev.flowguard.assess.finding.cut;

import org.jspecify.annotations.NullMarked;
