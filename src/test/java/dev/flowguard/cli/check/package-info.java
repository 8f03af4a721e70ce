@NullMarked
package dev.flowguard.cli.check;

import org.jspecify.annotations.NullMarked;
