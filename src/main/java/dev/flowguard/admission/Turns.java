package dev.flowguard.admission;

/** Does what there is to do, in turns: everybody's comes, however much somebody else has to be done. */
@FunctionalInterface
interface Turns {
    /** @param namespace whose turn it has to be */
    void execute(String namespace, Runnable task);
}
