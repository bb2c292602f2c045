/** Errors shown to users: numbered, with their location and what to do next. */
@NullMarked
package io.pagestream.schemas.error;

import org.jspecify.annotations.NullMarked;
