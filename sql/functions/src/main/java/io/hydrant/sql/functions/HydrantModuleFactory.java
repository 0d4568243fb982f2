package io.hydrant.sql.functions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModuleFactory;
import org.apache.flink.table.module.Module;

import java.util.Set;

/** Makes the module {@code hydrant}; it has no options, and refuses any that it is given. */
public final class HydrantModuleFactory implements ModuleFactory {

    @Override
    public String factoryIdentifier() {
        return HydrantModule.NAME;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public Module createModule(Context context) {
        FactoryUtil.createModuleFactoryHelper(this, context).validate();
        return new HydrantModule();
    }
}
