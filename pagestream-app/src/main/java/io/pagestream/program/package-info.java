/** What every command and the launcher know of the program: exit codes, versions, secrets. */
@NullMarked
package io.pagestream.program;

import org.jspecify.annotations.NullMarked;
