package io.hydrant.s3.read;

import io.hydrant.s3.store.ListedObject;

import java.io.IOException;

/** Takes the objects of a listing, one by one. */
@FunctionalInterface
public interface ObjectVisitor {

    /** Takes one object. */
    void visit(ListedObject object) throws IOException, InterruptedException;
}
