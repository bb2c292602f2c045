/** Information that all commands and the launcher share: exit codes, versions, secrets. */
@NullMarked
package io.pagestream.program;

import org.jspecify.annotations.NullMarked;
