//! What ledgers are called, and what a gap of each says.

use domain::meal::Ledger;

/// What a ledger is called, in Chinese and in English.
pub(crate) fn called(ledger: Ledger) -> (&'static str, &'static str) {
    match ledger {
        Ledger::Menu => ("餐次与菜单", "Meals and menus"),
        Ledger::Deliveries => ("菜品与进货", "Dishes and deliveries"),
        Ledger::Checks => ("人员与晨检、午检", "People and their checks"),
        Ledger::Cores => ("热菜与中心温度", "Hot dishes and core temperatures"),
        Ledger::Samples => ("菜品与留样", "Dishes and samples"),
        Ledger::Disposals => ("留样与销样", "Samples and disposals"),
        Ledger::Accompany => ("餐次与陪餐", "Meals and who ate along"),
        Ledger::Issues => ("班级与分发", "Classes and what they were given"),
        Ledger::Leftovers => ("班级与剩余", "Classes and what was left"),
        Ledger::Disinfection => ("餐次与餐具消毒", "Meals and disinfection"),
        Ledger::Additives => ("添加剂与菜品", "Additives and dishes"),
        Ledger::Waste => ("供餐日与废弃物", "Days and waste"),
    }
}

/// What a gap of a ledger says, in Chinese and in English.
pub(crate) fn lacks(ledger: Ledger) -> (&'static str, &'static str) {
    match ledger {
        Ledger::Menu => ("没有菜单", "no menu"),
        Ledger::Deliveries => ("没有对上进货", "linked to no delivery"),
        Ledger::Checks => ("没有检查记录", "not checked"),
        Ledger::Cores => ("没有合格的中心温度", "no core temperature that passes"),
        Ledger::Samples => ("没有足量的留样", "no sample that is large enough"),
        Ledger::Disposals => ("到时没有销样，或销样过早", "not disposed of in time, or too early"),
        Ledger::Accompany => ("没有陪餐记录", "nobody ate along"),
        Ledger::Issues => ("没有分发记录", "nothing given out"),
        Ledger::Leftovers => ("没有剩余记录", "leftovers not written down"),
        Ledger::Disinfection => ("没有消毒，或消毒不足", "not disinfected, or too short"),
        Ledger::Additives => ("当天没有这道菜", "no such dish on that day"),
        Ledger::Waste => ("没有废弃物记录", "no waste written down"),
    }
}
