/** What an image is, shown without analysing it. */
@NullMarked
package io.pagestream.inspect;

import org.jspecify.annotations.NullMarked;
