/** Values as text, the same for records, messages and tables. */
@NullMarked
package io.pagestream.schemas.text;

import org.jspecify.annotations.NullMarked;
