/**
 * From the operating system to a command: logging, exit codes, and what a person sees when
 * something goes wrong.
 */
@NullMarked
package io.pagestream.launch;

import org.jspecify.annotations.NullMarked;
