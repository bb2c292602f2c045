/** From the operating system to a command: logging, exit codes, and error messages. */
@NullMarked
package io.pagestream.launch;

import org.jspecify.annotations.NullMarked;
