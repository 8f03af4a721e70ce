/**
 * Flowguard as an adversary sees it. Each kind of attack has a test here, or beside what it is about:
 *
 * <ul>
 *   <li>bodies that are small as bytes and large as objects: {@code ReviewWorkTest}, {@link dev.flowguard.attack.ParsedWeightTest}
 *   <li>contracts and changes that are very much work: {@code PlacesTest}, {@code AuditTurnsTest}, {@code DeadlinesTest}; the soak of
 *       {@code src/bench} does all of it at once
 *   <li>methods, paths and protocols that nobody has: {@link dev.flowguard.attack.HttpAttackTest}, {@code HttpEdgeTest}, {@code
 *       SlowHeadsTest}, {@code OnlyHttp1Test}, {@code ServeIT}; the page's door: {@code PageServerTest}
 *   <li>nulls and nonsense: {@link dev.flowguard.attack.NullsTest}, {@link dev.flowguard.attack.FuzzTest}
 *   <li>a checkout that says how it is judged, that never ends, or that writes to the terminal: {@link
 *       dev.flowguard.attack.HostileManifestsTest}, {@code ManifestLimitsTest}
 *   <li>namespaces, DaemonSets and annotations that weaken: {@code ProtectExemptionsTest}, {@code RecognisedPluginTest}, {@code
 *       DecisionProcessTest}
 *   <li>reviews that are invented: {@code EventsTest}, {@code OverridesTest}
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package dev.flowguard.attack;
