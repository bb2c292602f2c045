/** Records for the tests of all modules. */
@NullMarked
package io.pagestream.schemas.sample;

import org.jspecify.annotations.NullMarked;
