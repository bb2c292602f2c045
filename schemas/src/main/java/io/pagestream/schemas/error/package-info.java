/** Errors that people see: numbered, placed, and with what to do next. */
@NullMarked
package io.pagestream.schemas.error;

import org.jspecify.annotations.NullMarked;
